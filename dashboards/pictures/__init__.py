"""Pictures: charts and long images as PNG, drawn without a browser and without global state."""
