"""How fast Bến Học is, on this machine: `./dev bench SCENARIO` (docs/performance.md). Standard library only."""
