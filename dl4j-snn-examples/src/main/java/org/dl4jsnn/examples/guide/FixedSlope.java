package org.dl4jsnn.examples.guide;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.LayerPass;
import org.nd4j.linalg.api.ndarray.INDArray;

// begin rule
/**
 * The simplest rate-based rule: a neuron that received a positive current is assumed to fire once
 * for each threshold's worth of it, so the slope is always 1 / θ.
 */
public record FixedSlope() implements BackpropRule {

  private static final long serialVersionUID = 1L;

  @Override
  public INDArray backprop(LayerPass pass, INDArray rateGradient) {
    AccumulatedFlow flow = pass.flow(); // currents in and spikes out, summed over the window
    INDArray gradient =
        pass.workspaces()
            .createUninitialized(
                ArrayType.BP_WORKING_MEM, rateGradient.dataType(), rateGradient.shape(), 'c');
    gradient.assign(flow.in().gt(0).castTo(gradient.dataType()));
    gradient.muli(rateGradient).divi(pass.neuron().threshold());
    return pass.propagate(gradient); // weights' gradients, and the gradient for the layer below
  }
}
// end rule
