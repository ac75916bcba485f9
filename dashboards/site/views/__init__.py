"""The views of the page in the order of its navigation."""

from dashboards.site.view import View
from dashboards.site.views import city, coal, data, emergency, now, region

VIEWS: tuple[View, ...] = (now.VIEW, city.VIEW, region.VIEW, coal.VIEW, emergency.VIEW, data.VIEW)
