package org.dl4jsnn.examples.ui;

import java.util.regex.Pattern;

/** Names of the UI's sessions, which become part of addresses and of SQL. */
final class SessionNames {

  private static final Pattern REFUSED = Pattern.compile("[^A-Za-z0-9._-]+");

  /** Occurs in no name, so a number after it is not part of the name. */
  private static final String NUMBER = "~";

  private SessionNames() {}

  /** A valid session name. */
  static String of(String text) {
    return REFUSED.matcher(text).replaceAll("-");
  }

  /** The name of a later session of the same name. */
  static String numbered(String name, int number) {
    return name + NUMBER + number;
  }

  /** Whether a session has the name, numbered or not. */
  static boolean isOf(String name, String session) {
    return session.matches(Pattern.quote(name) + "(" + NUMBER + "\\d+)?");
  }
}
