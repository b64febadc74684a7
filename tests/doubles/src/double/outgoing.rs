//! The body of an answer, whole or broken off in the middle.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

/// The connection ends here on purpose.
#[derive(Debug, thiserror::Error)]
#[error("broken off on demand")]
pub(super) struct BrokenOff;

pub(super) struct Outgoing {
    data: Option<Bytes>,
    promised: u64,
}

impl Outgoing {
    pub(super) fn whole(data: Vec<u8>) -> Self {
        Self {
            promised: data.len() as u64,
            data: Some(data.into()),
        }
    }

    /// Promises twice the data, so that its end is no end.
    pub(super) fn cut(data: Vec<u8>) -> Self {
        Self {
            promised: data.len() as u64 * 2 + 1,
            data: Some(data.into()),
        }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        if let Some(data) = self.data.take() {
            self.promised -= data.len() as u64;
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        let end = (self.promised > 0).then_some(Err(BrokenOff));
        Poll::Ready(end)
    }

    fn is_end_stream(&self) -> bool {
        self.promised == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.promised)
    }
}
