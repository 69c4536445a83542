package org.dl4jsnn.convert;

import java.util.IdentityHashMap;
import java.util.Map;

/** Neurons that must have equal scales because their rates are added. */
final class EqualScales {

  private final Map<Stage, Stage> representatives = new IdentityHashMap<>();

  void tie(Stage one, Stage other) {
    Stage first = representative(one);
    Stage second = representative(other);
    if (first != second) {
      representatives.put(second, first);
    }
  }

  /** The representative of all tied stages. */
  Stage representative(Stage stage) {
    Stage known = representatives.get(stage);
    return known == null ? stage : representative(known);
  }
}
