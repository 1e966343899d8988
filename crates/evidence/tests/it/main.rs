//! What the evidence promises: made again it is the same, asked then and now it says the same, and both engines agree.

mod asked;
mod changed;
mod cluster;
mod docs;
mod engines;
mod projected;
mod queries;
mod robust;
mod same;
mod stream;
mod world;
