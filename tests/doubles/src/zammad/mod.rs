//! Zammad, a help desk one runs oneself: the CRM that is added by a file alone.
//!
//! Written from its documentation (`docs.zammad.org`: "REST API: Introduction", "User",
//! "Organization", "Ticket", "Ticket Articles", "Ticket States", "Ticket Priorities", "Tags",
//! "Indexed Attributes") and, where that is silent, from the request specifications in the public
//! repository (`zammad/zammad`: `spec/requests/{api_auth,user,ticket}_spec.rb`).
//!
//! | what | call |
//! |---|---|
//! | who am I | `GET /api/v1/users/me` |
//! | one user | `GET /api/v1/users/{id}`, `?expand=true` names what the ids mean |
//! | find users | `GET /api/v1/users/search?query=…&limit=…&expand=true`: a bare list |
//! | make, change a user | `POST /api/v1/users`, `PUT /api/v1/users/{id}` |
//! | company | `GET /api/v1/organizations/{id}` |
//! | find tickets | `GET /api/v1/tickets/search?query=…&sort_by=…&order_by=…`, the same flags, and `with_total_count`, `only_total_count` |
//! | one ticket | `GET /api/v1/tickets/{id}` |
//! | make, change a ticket | `POST /api/v1/tickets`, `PUT /api/v1/tickets/{id}`, both with an `article` |
//! | articles | `GET /api/v1/ticket_articles/by_ticket/{id}`, `POST /api/v1/ticket_articles` |
//! | words | `GET /api/v1/ticket_states`, `GET /api/v1/ticket_priorities` |
//! | tags | `GET /api/v1/tags?object=Ticket&o_id={id}`, `POST /api/v1/tags/add` |
//!
//! The credential is `Authorization: Token token=…`, or `Bearer …` of an OAuth application (a
//! confidential one: authorization code with a secret, refresh tokens). No credential at all is
//! 403 "Authentication required", a wrong one is 401.
//!
//! A query is the query-string language of Elasticsearch: `email:"ann@example.com"`, `AND`, `OR`,
//! `NOT`, brackets, `\` before a reserved character, `*` and `?` outside quotes, every word
//! required unless `OR` says otherwise. Texts are cut into lower-case words, so a phone number
//! typed with gaps is found by the words between the gaps in quotes (`phone:"415 555 0100"`),
//! one without gaps only as a whole; `field.keyword` is the text as it stands. A query that cannot
//! be read answers 200 with an empty list.
//!
//! The office of this double: host `help.example.com`, groups `Users` and `Cards`, the attribute
//! `customer_number` added to users and `interaction_key` to tickets. There is no number limit.
