/** What everybody may see of the sale: the status page and the status call. */
package io.tidegate.http.signup.page;
