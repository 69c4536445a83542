package org.dl4jsnn.model.hostile;

/** What ran; in the system's properties, which classes of all loaders share. */
public final class SideEffects {

  private static final String PREFIX = "org.dl4jsnn.model.hostile.";

  private SideEffects() {}

  public static void record(String what) {
    System.setProperty(PREFIX + what, "ran");
  }

  public static boolean ran(String what) {
    return System.getProperty(PREFIX + what) != null;
  }

  public static void forget() {
    System.getProperties().keySet().removeIf(key -> key.toString().startsWith(PREFIX));
  }
}
