package org.dl4jsnn.convert;

import java.util.IdentityHashMap;
import java.util.Map;

/** Which neurons must have the same scales, since their rates are added. */
final class Ties {

  private final Map<Stage, Stage> representatives = new IdentityHashMap<>();

  void tie(Stage one, Stage other) {
    Stage first = representative(one);
    Stage second = representative(other);
    if (first != second) {
      representatives.put(second, first);
    }
  }

  /** One stage of all that are tied to it, always the same. */
  Stage representative(Stage stage) {
    Stage known = representatives.get(stage);
    return known == null ? stage : representative(known);
  }
}
