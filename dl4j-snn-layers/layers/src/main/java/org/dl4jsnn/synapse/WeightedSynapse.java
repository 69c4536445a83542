package org.dl4jsnn.synapse;

import org.dl4jsnn.Internal;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Synapses with an array of weights and, perhaps, a bias. */
abstract class WeightedSynapse implements Synapse {

  final FeatureShape input;
  final FeatureShape output;
  final INDArray weights;
  final INDArray bias;

  WeightedSynapse(FeatureShape input, FeatureShape output, INDArray weights, INDArray bias) {
    this.input = input;
    this.output = output;
    this.weights = weights;
    this.bias = bias;
  }

  @Override
  public final FeatureShape inputShape() {
    return input;
  }

  @Override
  public final FeatureShape outputShape() {
    return output;
  }

  @Override
  public final DataType dataType() {
    return weights.dataType();
  }

  @Override
  public final boolean isWeighted() {
    return true;
  }

  /** {@return the current weights: as given to the constructor} */
  @Internal
  public final INDArray weights() {
    return weights;
  }

  /** {@return the current bias: [nOut], or null for none} */
  @Internal
  public final INDArray bias() {
    return bias;
  }
}
