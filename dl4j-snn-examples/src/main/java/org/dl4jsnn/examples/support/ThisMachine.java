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

  /**
   * The address that an option names, on which a server is to listen.
   *
   * @param option the option
   * @param host a name or an address
   * @return the address
   * @throws UserError if it is not one of this machine
   */
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
      throw new UserError(
          option
              + " must be an address of this machine, got "
              + host
              + ", which is another's. 0.0.0.0 listens on all addresses of this machine");
    }
    return address;
  }

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
