/** How many subscribers a plan's capacity carries, judged on the load to be expected. */
package io.tidegate.engine.signup.ledger;
