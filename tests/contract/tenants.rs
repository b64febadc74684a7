//! Two companies in one CRM at once, over one client: nothing of one reaches the other.

use libtest_mimic::{Failed, Trial};
use pop_tests::connections::{self, Subject, id};
use tokio::runtime::Builder;

/// The check that needs two connections at a time.
pub(crate) fn trial() -> Trial {
    Trial::test("no_token_and_no_cookie_of_one_tenant_reaches_another", run)
}

fn run() -> Result<(), Failed> {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let [one, other] = Box::pin(connections::two_tenants()).await;
        let (ann, jurgen) = (id(&one.cast.ann.id), id(&other.cast.jurgen.id));
        for _ in 0..3 {
            tokio::join!(one.pop(&ann), other.pop(&jurgen));
        }
        for (here, there) in [(&one, &other), (&other, &one)] {
            only_its_own(here, there);
        }
    });
    Ok(())
}

fn only_its_own(here: &Subject, there: &Subject) {
    let (own, foreign) = (here.double(), there.double().oauth().secrets());
    let recorded = own.recorded();
    assert!(recorded.len() > 2, "it was asked: {recorded:?}");
    for request in recorded {
        assert_eq!(request.call.header("cookie"), None, "{}", request.line());
        let sent = format!("{:?}", request.call);
        let foreign = foreign.iter().find(|secret| sent.contains(*secret));
        assert_eq!(foreign, None, "{}", request.line());
    }
}
