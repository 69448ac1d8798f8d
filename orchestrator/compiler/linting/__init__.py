"""What the linter's rules stand on: what a rule is, the file it looks at, and the questions that several rules ask. Knows no rule."""
