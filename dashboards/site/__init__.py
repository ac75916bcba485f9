"""The page: a static site made from one published database. See `dashboards.site.view` for how a view is made."""
