package org.dl4jsnn.conf;

import java.util.Map;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer each of whose neurons reads all inputs. */
abstract class FullyConnectedLayer extends BaseSpikingLayer {

  private static final long serialVersionUID = 1L;

  /** For deserialisation. */
  FullyConnectedLayer() {}

  FullyConnectedLayer(WeightedLayerBuilder<?> builder) {
    super(builder);
  }

  @Override
  public FeatureShape outputShape(FeatureShape input) {
    return FeatureShape.vector(Require.atLeast("nOut", nOut, 1));
  }

  @Override
  public Synapse synapse(FeatureShape input, Map<String, INDArray> parameters) {
    return new DenseSynapse(input, parameters.get(Synapse.WEIGHT), parameters.get(Synapse.BIAS));
  }

  @Override
  public int outputAxis() {
    return 1;
  }

  @Override
  protected long inputsOf(FeatureShape input) {
    return input.neurons();
  }
}
