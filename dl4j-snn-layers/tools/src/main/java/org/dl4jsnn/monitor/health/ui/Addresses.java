package org.dl4jsnn.monitor.health.ui;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Parts of addresses. */
final class Addresses {

  private Addresses() {}

  /** Encodes any text as one part of a path or query. */
  static String encoded(String text) {
    // A plus sign is a space in a query, but not in a path.
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
