//! Service level objectives: budgets, burn, the rules that watch them.
