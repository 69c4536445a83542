package org.dl4jsnn.model;

import java.util.Map;

/** Classes of this project that have moved, under the names in older saved configurations. */
final class FormerNames {

  private static final Map<String, String> TODAY =
      Map.of("org.dl4jsnn.examples.CosineSchedule", "org.dl4jsnn.train.CosineSchedule");

  private FormerNames() {}

  /** The name that a class has today. */
  static String today(String name) {
    return TODAY.getOrDefault(name, name);
  }
}
