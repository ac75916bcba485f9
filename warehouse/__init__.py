"""What is kept: contract, standards, models, checks, store, publication. Knows nothing of pipelines or pages."""
