/** What is known of each upstream's health, as rules that are told the time and send nothing. */
package io.tidegate.http.upstream.health;
