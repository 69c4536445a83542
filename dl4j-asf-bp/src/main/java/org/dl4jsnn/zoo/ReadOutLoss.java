package org.dl4jsnn.zoo;

import java.util.Locale;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.conf.ReadOutActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The loss that a read-out of firing rates is trained with. */
public enum ReadOutLoss {

  /** Published: the squared error of rates, summed over the minibatch. No bias. */
  SQUARED_ERROR,

  /** Cross entropy after a softmax, summed over the minibatch. With a bias. */
  CROSS_ENTROPY;

  /** The output layer above neurons with a given threshold. */
  OutputLayer readOut(int classes, double threshold) {
    OutputLayer.Builder over =
        this == SQUARED_ERROR
            ? new OutputLayer.Builder(new LossL2())
                .activation(new ReadOutActivation(threshold))
                .hasBias(false)
            : new OutputLayer.Builder(new LossMCXENT()).activation(new ActivationSoftmax());
    return over.name("readout").nOut(classes).weightInit(WeightInit.RELU).build();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
