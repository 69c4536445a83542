package org.dl4jsnn.examples.support;

import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * Who may ask a server on this machine. On an address of this machine alone, requests must name the
 * machine: a website may give its own name such an address, and then read what is there.
 */
public final class ThisMachine {

  /** What Host says of this machine; names that a website may own are not among it. */
  private static final Pattern NAMES =
      Pattern.compile(
          "(localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)])(:\\d+)?",
          Pattern.CASE_INSENSITIVE);

  private ThisMachine() {}

  /**
   * Whether a request may be answered.
   *
   * @param listening the server's address
   * @param host the request's Host; null if it has none
   * @return true if the server listens on other addresses as well, or Host names this machine
   */
  public static boolean mayBeAsked(InetAddress listening, String host) {
    return !listening.isLoopbackAddress() || host != null && NAMES.matcher(host).matches();
  }
}
