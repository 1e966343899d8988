//! Where the three services are reached.

use std::net::SocketAddr;

use crate::service::Service;

/// The address of each service, as the others reach it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Addresses {
    /// Where `catalog` answers.
    pub catalog: SocketAddr,
    /// Where `orders` answers.
    pub orders: SocketAddr,
    /// Where `web` answers.
    pub web: SocketAddr,
}

impl Addresses {
    /// Returns the address of one service.
    #[must_use]
    pub const fn of(&self, service: Service) -> SocketAddr {
        match service {
            Service::Catalog => self.catalog,
            Service::Orders => self.orders,
            Service::Web => self.web,
        }
    }

    /// Returns which service answers there.
    pub(crate) fn who(&self, at: SocketAddr) -> Option<Service> {
        Service::ALL.into_iter().find(|service| self.of(*service) == at)
    }
}
