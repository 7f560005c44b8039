"""English names: spelling, morphology, codes of grades and stages, full names."""
