"""Documents of the coal pillar: empty forms, validation reports, the progress table; on paper and on the terminal."""
