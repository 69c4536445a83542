package org.dl4jsnn.examples.support;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
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

  /** The address of this machine that an option names, by name or number, for a server. */
  public static InetAddress address(String option, String host) {
    InetAddress address;
    boolean isOwn;
    try {
      if (host.isBlank()) {
        throw new UserError(option + " must be an address of this machine, got none");
      }
      address = InetAddress.getByName(host);
      isOwn =
          address.isAnyLocalAddress()
              || address.isLoopbackAddress()
              || NetworkInterface.getByInetAddress(address) != null;
    } catch (UnknownHostException e) {
      throw new UserError(option + " must be an address of this machine, got " + host, e);
    } catch (SocketException e) {
      throw new UserError("Cannot list the addresses of this machine: " + e.getMessage(), e);
    }
    if (!isOwn) {
      throw UserError.of(
          "%s must be an address of this machine, got %s, which is another's. 0.0.0.0 listens on"
              + " all addresses of this machine",
          option, host);
    }
    return address;
  }

  /**
   * Whether a request with this Host, or null, may be answered: the server listens on other
   * addresses as well, or Host names this machine.
   */
  public static boolean mayBeAsked(InetAddress listening, String host) {
    return !listening.isLoopbackAddress() || host != null && NAMES.matcher(host).matches();
  }
}
