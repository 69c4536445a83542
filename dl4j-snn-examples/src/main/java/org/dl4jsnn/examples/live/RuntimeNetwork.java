package org.dl4jsnn.examples.live;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.runtime.Answer;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.runtime.SpikingStream;
import org.dl4jsnn.spike.FeatureShape;

/** A compact model in the runtime, without natives. */
final class RuntimeNetwork implements SteppedNetwork {

  private final FeatureShape input;
  private final SpikingStream stream;
  private Map<String, Double> rates = Map.of();

  /**
   * A network at rest.
   *
   * @throws IllegalArgumentException if the model does not take frames
   */
  RuntimeNetwork(SpikingModel model) {
    if (!model.hasTimeAxis()) {
      throw new IllegalArgumentException(
          "the model must take frames, got one that encodes images over T = " + model.steps());
    }
    this.input = model.inputShape();
    this.stream = model.stream();
  }

  @Override
  public Optional<FeatureShape> inputShape() {
    return Optional.of(input);
  }

  @Override
  public void reset() {
    stream.reset();
  }

  @Override
  public double[] step(EventFrames frame) {
    Answer answer = stream.step(frame.values());
    rates = new LinkedHashMap<>();
    for (String layer : answer.layers()) {
      rates.put(layer, SteppedNetwork.rate(answer.spikes(layer)));
    }
    float[] outputs = stream.outputsSoFar();
    double[] doubles = new double[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      doubles[i] = outputs[i];
    }
    return doubles;
  }

  @Override
  public Map<String, Double> rates() {
    return rates;
  }
}
