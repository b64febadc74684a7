//! What must hold in whatever order events, answers and commands come.
//!
//! A few interactions overlap; their events are repeated and reordered, answers are delayed,
//! doubled or lost, the agent picks, undoes and asks again. The model beside the desk knows only
//! what was sent and what each CRM has.

use pop_core::desk::OpenPolicy;
use proptest::prelude::*;

use crate::model::Model;
use crate::world::step;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_order_of_things_shows_or_opens_the_wrong_customer(
        steps in prop::collection::vec(step(), 1..80),
        open in prop_oneof![Just(OpenPolicy::Offer), Just(OpenPolicy::Accept)],
    ) {
        let mut model = Model::new(open);
        for step in steps {
            model.run(step);
        }
        model.check_the_end();
    }
}
