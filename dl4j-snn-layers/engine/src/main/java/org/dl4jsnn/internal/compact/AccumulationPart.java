package org.dl4jsnn.internal.compact;

import java.util.List;
import org.dl4jsnn.spike.FeatureShape;

/** Spikes counted over the window, passed on at each of its steps. */
public record AccumulationPart(String name, int input) implements CompactPart {

  @Override
  public List<Integer> inputs() {
    return List.of(input);
  }

  @Override
  public FeatureShape output(List<FeatureShape> inputs) {
    return inputs.get(0);
  }
}
