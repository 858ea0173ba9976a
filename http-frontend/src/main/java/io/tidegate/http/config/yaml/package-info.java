/** YAML read field by field, every mistake remembered with its line instead of thrown. */
package io.tidegate.http.config.yaml;
