//! What may be asked, what is refused and how that is said, and what the engines are told.

mod accepted;
mod hostile;
mod refused;
mod rendered;
