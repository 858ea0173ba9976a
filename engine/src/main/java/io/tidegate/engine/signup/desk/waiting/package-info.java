/** What may be asked about the wait-list. */
package io.tidegate.engine.signup.desk.waiting;
