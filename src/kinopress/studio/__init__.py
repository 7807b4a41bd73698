"""The studio: the coach's week as pages in her own browser, served by her own computer to nobody else."""
