package org.dl4jsnn.internal.device;

import java.util.HashSet;
import java.util.Set;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.MergePart;
import org.dl4jsnn.internal.compact.PoolingPart;
import org.dl4jsnn.internal.compact.ReadOutPart;

/** What reads a place. */
record Readers(CompactModel model, int place) {

  boolean includeReadOut() {
    return all(place).contains(true);
  }

  boolean areOnlyReadOut() {
    return !all(place).contains(false);
  }

  /** Whether each reader is the read-out, through layers that only pass on spikes. */
  private Set<Boolean> all(int from) {
    Set<Boolean> found = new HashSet<>();
    for (int i = 0; i < model.parts().size(); i++) {
      CompactPart part = model.parts().get(i);
      if (part.inputs().contains(from)) {
        boolean passesOn =
            part instanceof PoolingPart
                || part instanceof MergePart merge && merge.kind().isLinear();
        if (passesOn) {
          found.addAll(all(i + 1));
        } else {
          found.add(part instanceof ReadOutPart);
        }
      }
    }
    if (from == model.parts().size()) {
      found.add(true);
    }
    return found;
  }
}
