"""From a forecast to a proposed warning level: a pure function of forecast, profile and standing orders."""
