package org.dl4jsnn.conventional;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Deeplearning4j's batch normalisation, with the same parameters and results but faster: on all
 * threads, with statistics in double precision, and in inference without arrays that are left to
 * the garbage collector. Deeplearning4j itself computes inputs that are not single precision or are
 * neither [minibatch, n] nor [minibatch, channels, height, width].
 */
public final class FastBatchNormalization extends BatchNormalization {

  private static final long serialVersionUID = 1L;

  /** A layer with Deeplearning4j's settings; change them by its setters. */
  public FastBatchNormalization() {
    // Those of the superclass.
  }

  @Override
  public FastBatchNormalization clone() {
    return (FastBatchNormalization) super.clone();
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> trainingListeners,
      int layerIndex,
      INDArray layerParamsView,
      boolean initializeParams,
      DataType networkDataType) {
    LayerValidation.assertNOutSet("FastBatchNormalization", getLayerName(), layerIndex, getNOut());
    FastBatchNormalizationLayer layer = new FastBatchNormalizationLayer(conf, networkDataType);
    layer.setListeners(trainingListeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(layerParamsView);
    layer.setParamTable(initializer().init(conf, layerParamsView, initializeParams));
    layer.setConf(conf);
    return layer;
  }
}
