package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.dl4jsnn.internal.spike.RepeatedSpikeTrain;
import org.dl4jsnn.regularize.FiringRateRegularization;
import org.dl4jsnn.regularize.SynapticOperationsRegularization;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes the penalty for the activity of a layer's passes; one per layer. */
final class ActivityRegularization {

  private final LayerSettings layer;
  private FeatureShape inputOfFanOut;
  private double[] fanOut;

  ActivityRegularization(LayerSettings layer) {
    this.layer = layer;
  }

  /** Whether the layer's activity adds to the loss. */
  boolean isPriced() {
    return layer.firingRateRegularization() != null
        || layer.synapticOperationsRegularization() != null;
  }

  /**
   * The penalty of a pass.
   *
   * @param training whether its gradients are wanted
   */
  ActivityPenalty of(SimulatedWindow window, Map<String, INDArray> parameters, boolean training) {
    FiringRateRegularization rates = layer.firingRateRegularization();
    SynapticOperationsRegularization operations = layer.synapticOperationsRegularization();
    ActivityPenalty penalty = ActivityPenalty.none(window.output().minibatch());
    if (rates != null) {
      penalty = penalty.plus(ofRates(rates, window.output(), training));
    }
    Optional<SpikeTrain> spikes = RepeatedSpikeTrain.spikesOf(window.input());
    if (operations != null && spikes.isPresent()) {
      penalty = penalty.plus(ofOperations(operations, spikes.get(), parameters, training));
    }
    if (operations != null && window.recurrence() != Recurrence.NONE) {
      penalty = penalty.plus(ofRecurrence(operations, window, training));
    }
    return penalty;
  }

  private static ActivityPenalty ofRates(
      FiringRateRegularization bounds, SpikeTrain output, boolean training) {
    double[] gradient = meanRates(output);
    double term = 0;
    for (int i = 0; i < gradient.length; i++) {
      term += bounds.penalty(gradient[i]);
      gradient[i] = bounds.slope(gradient[i]);
    }
    return new ActivityPenalty(term, output.minibatch(), training ? gradient : null, null);
  }

  private ActivityPenalty ofOperations(
      SynapticOperationsRegularization operations,
      SpikeTrain input,
      Map<String, INDArray> parameters,
      boolean training) {
    if (!input.shape().equals(inputOfFanOut)) {
      fanOut = FanOut.of(input.shape(), parameters, layer::synapse);
      inputOfFanOut = input.shape();
    }
    double[] rates = meanRates(input);
    double[] gradient = new double[rates.length];
    double term = 0;
    for (int j = 0; j < rates.length; j++) {
      gradient[j] = operations.strength() * input.steps() * fanOut[j];
      term += gradient[j] * rates[j];
    }
    return new ActivityPenalty(term, input.minibatch(), null, training ? gradient : null);
  }

  /** The additions that the layer's own spikes cause one step later. */
  private static ActivityPenalty ofRecurrence(
      SynapticOperationsRegularization operations, SimulatedWindow window, boolean training) {
    SpikeTrain output = window.output();
    double price =
        operations.strength()
            * output.steps()
            * window.recurrence().fanOut(output.shape().neurons());
    double[] rates = meanRates(output);
    double[] gradient = new double[rates.length];
    Arrays.fill(gradient, price);
    return new ActivityPenalty(
        price * Arrays.stream(rates).sum(), output.minibatch(), training ? gradient : null, null);
  }

  /** Means over the samples, of magnitudes if amplitudes are signed; in the order of arrays. */
  private static double[] meanRates(SpikeTrain train) {
    AccumulatedSpikes spikes = AccumulatedSpikes.of(train);
    AccumulatedSpikes.Reader reader = spikes.reader();
    float[] ofSample = new float[train.shape().neurons()];
    double[] rates = new double[ofSample.length];
    for (int sample = 0; sample < train.minibatch(); sample++) {
      reader.read(sample, ofSample);
      for (int i = 0; i < rates.length; i++) {
        rates[i] += Math.abs(ofSample[i]);
      }
    }
    for (int i = 0; i < rates.length; i++) {
      rates[i] /= (double) train.minibatch() * train.steps();
    }
    return rates;
  }
}
