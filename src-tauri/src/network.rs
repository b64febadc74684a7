//! The HTTP client behind the engine's port.

use std::sync::Arc;

use pop_core::http::Http;
use pop_core::link::LoopbackOrigin;
use pop_crm::{Looking, ReqwestHttp};
use pop_engine::ports::Network;

/// Makes clients with the trust store of the system.
pub(crate) struct SystemNetwork;

impl Network for SystemNetwork {
    fn client(&self, loopback: Vec<LoopbackOrigin>) -> Result<Arc<dyn Http>, String> {
        match ReqwestHttp::new(loopback) {
            Ok(http) => Ok(Arc::new(http)),
            Err(fault) => Err(fault.to_string()),
        }
    }

    fn looking(&self) -> Option<Looking> {
        Looking::of_this_computer().ok()
    }
}
