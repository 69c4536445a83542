package org.dl4jsnn.synapse;

import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The synapses of one layer with their current weights, as a linear map of whole arrays. Since the
 * map is linear, it maps accumulated spikes to the accumulated current (equation 6 of
 * docs/mathematics.md).
 *
 * <ul>
 *   <li>{@link DenseSynapse}: every input to every neuron.
 *   <li>{@link ConvolutionSynapse}: a kernel slid over rows and columns.
 *   <li>{@link DepthwiseSynapse}: the same, per channel.
 *   <li>{@link AverageSynapse}: the average of a window; no weights.
 * </ul>
 */
public interface Synapse {

  /** Key of the weights among the parameters. */
  String WEIGHT = "W";

  /** Key of the bias among the parameters. */
  String BIAS = "b";

  /** {@return the shape of one sample's input} */
  FeatureShape inputShape();

  /** {@return the shape of one sample's neurons} */
  FeatureShape outputShape();

  /** {@return whether there are weights to learn; false for pooling} */
  boolean isWeighted();

  /**
   * {@return the data type of the arrays that the map takes: the type of the weights; single
   * precision unless overridden}
   */
  default DataType dataType() {
    return DataType.FLOAT;
  }

  /**
   * The current caused by a flow (equation 1 of docs/mathematics.md).
   *
   * @param flow spikes, counts or rates, [minibatch, …] in the input's shape
   * @param biasTimes how many times the bias is added: 1 for a step or a rate, T for counts
   * @param current where to write it, [minibatch, …] in the output's shape, C order
   */
  void current(INDArray flow, double biasTimes, INDArray current);

  /**
   * The current of rates for statistics and gradients, and for neurons in training behind a {@code
   * SpikeAccumulation}; its last bits may differ from those of {@link #current}.
   *
   * @param rates [minibatch, …] in the input's shape
   * @param current where to write it, [minibatch, …] in the output's shape, C order
   */
  default void estimateCurrent(INDArray rates, INDArray current) {
    current(rates, 1, current);
  }

  /**
   * The adjoint (equation 9 of docs/mathematics.md): gradients of the weights and of the input.
   *
   * @param flow the input flow that the weights saw, [minibatch, …] in the input's shape
   * @param currentGradient the loss's gradient with respect to the current, in the output's shape
   * @param parameterGradients where to write the gradients of {@link #WEIGHT} and {@link #BIAS}, as
   *     far as the synapse has them
   * @param workspaces where the result is made (array type ACTIVATION_GRAD)
   * @return the gradient with respect to the input flow, in the input's shape
   */
  INDArray backprop(
      INDArray flow,
      INDArray currentGradient,
      Map<String, INDArray> parameterGradients,
      LayerWorkspaceMgr workspaces);

  /**
   * The part of {@link #backprop} that concerns the parameters, for layers whose input gradient is
   * not needed.
   *
   * @param flow the input flow that the weights saw, [minibatch, …] in the input's shape
   * @param currentGradient the loss's gradient with respect to the current, in the output's shape
   * @param parameterGradients where to write the gradients of {@link #WEIGHT} and {@link #BIAS}, as
   *     far as the synapse has them
   */
  default void backpropParameters(
      INDArray flow, INDArray currentGradient, Map<String, INDArray> parameterGradients) {
    backprop(flow, currentGradient, parameterGradients, LayerWorkspaceMgr.noWorkspaces()).close();
  }

  /**
   * The same map spike by spike, for the event-driven simulation and for rules that follow
   * membranes. Without it both call {@link #current} for one step of one sample at a time, which is
   * slow.
   *
   * @return makes a charge per task, with a copy of the current weights; empty if the library has
   *     kernels for these synapses, or if no such form exists
   * @throws IllegalArgumentException if a weight is not finite
   */
  default Optional<Charges> charges() {
    return Optional.empty();
  }
}
