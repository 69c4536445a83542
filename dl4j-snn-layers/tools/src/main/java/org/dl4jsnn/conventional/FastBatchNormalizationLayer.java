package org.dl4jsnn.conventional;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.layer.NormalizedCurrents;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch normalisation computed by {@link NormalizedCurrents} and {@link ChannelLines}. */
final class FastBatchNormalizationLayer extends BatchNormalization {

  private static final long serialVersionUID = 1L;

  /** The minibatch of the last forward pass; null unless it is this class's. */
  private transient NormalizedCurrents normalized;

  /** Whether the last forward pass was this class's inference. */
  private transient boolean isAnswered;

  FastBatchNormalizationLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  private boolean isQuick() {
    return dataType == DataType.FLOAT
        && input.dataType() == DataType.FLOAT
        && (input.rank() == 2
            || input.rank() == 4 && layerConf().getCnn2DFormat() == CNN2DFormat.NCHW)
        && input.size(1) == layerConf().getNOut()
        && !layerConf().isLockGammaBeta();
  }

  private FeatureShape shape() {
    return input.rank() == 2
        ? FeatureShape.vector((int) input.size(1))
        : FeatureShape.image((int) input.size(1), (int) input.size(2), (int) input.size(3));
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    normalized = null;
    isAnswered = !training && isQuick();
    if (!isQuick()) {
      return super.activate(training, workspaces);
    }
    INDArray output =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, input.shape(), 'c');
    if (!training) {
      // Deeplearning4j's own leaves arrays of this size to the garbage collector.
      running().write(input, shape(), output);
      return output;
    }
    normalized = new NormalizedCurrents(input, shape(), layerConf().getEps());
    normalized.write(
        values(BatchNormalizationParamInitializer.GAMMA),
        values(BatchNormalizationParamInitializer.BETA),
        1,
        output);
    return output;
  }

  private ChannelLines running() {
    double[] variance =
        layerConf().isUseLogStd()
            ? Arrays.stream(values(BatchNormalizationParamInitializer.GLOBAL_LOG_STD))
                .map(log -> Math.pow(10, 2 * log))
                .toArray()
            : values(BatchNormalizationParamInitializer.GLOBAL_VAR);
    return ChannelLines.normalising(
        values(BatchNormalizationParamInitializer.GLOBAL_MEAN),
        variance,
        layerConf().getEps(),
        values(BatchNormalizationParamInitializer.GAMMA),
        values(BatchNormalizationParamInitializer.BETA));
  }

  private double[] values(String parameter) {
    return HostArrays.doubles(getParam(parameter));
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    if (normalized == null) {
      if (isAnswered) {
        // As in a frozen layer that passes gradients on: Deeplearning4j's needs its own pass.
        super.activate(false, workspaces);
      }
      return super.backpropGradient(epsilon, workspaces);
    }
    assertInputSet(true);
    NormalizedCurrents.Gradient sums = normalized.gradient(epsilon);
    Gradient gradient = new DefaultGradient();
    set(gradient, BatchNormalizationParamInitializer.GAMMA, sums.gain());
    set(gradient, BatchNormalizationParamInitializer.BETA, sums.shift());
    setStatistics(gradient);
    double eps = layerConf().getEps();
    double[] scale =
        NormalizedCurrents.combine(
            values(BatchNormalizationParamInitializer.GAMMA),
            normalized.variance(),
            (gamma, variance) -> gamma / Math.sqrt(variance + eps));
    INDArray below =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    normalized.backprop(epsilon, sums, scale, below);
    normalized = null;
    return new Pair<>(gradient, below);
  }

  /** What Deeplearning4j subtracts from the running statistics. */
  private void setStatistics(Gradient gradient) {
    double kept = layerConf().getDecay();
    set(
        gradient,
        BatchNormalizationParamInitializer.GLOBAL_MEAN,
        NormalizedCurrents.combine(
            values(BatchNormalizationParamInitializer.GLOBAL_MEAN),
            normalized.mean(),
            (mean, now) -> (1 - kept) * (mean - now)));
    if (layerConf().isUseLogStd()) {
      set(
          gradient,
          BatchNormalizationParamInitializer.GLOBAL_LOG_STD,
          NormalizedCurrents.combine(
              values(BatchNormalizationParamInitializer.GLOBAL_LOG_STD),
              normalized.variance(),
              (log, now) -> log - Math.log10(kept * Math.pow(10, 2 * log) + (1 - kept) * now) / 2));
    } else {
      set(
          gradient,
          BatchNormalizationParamInitializer.GLOBAL_VAR,
          NormalizedCurrents.combine(
              values(BatchNormalizationParamInitializer.GLOBAL_VAR),
              normalized.variance(),
              (variance, now) -> (1 - kept) * (variance - now)));
    }
  }

  private void set(Gradient gradient, String parameter, double[] values) {
    INDArray view = gradientViews.get(parameter);
    for (int i = 0; i < values.length; i++) {
      view.putScalar(i, values[i]);
    }
    gradient.setGradientFor(parameter, view);
  }

  @Override
  public void clear() {
    super.clear();
    normalized = null;
  }

  /** A line y = scale · x + shift for every channel. */
  record ChannelLines(double[] scale, double[] shift) {

    /** Those of a normalisation with given statistics: γ (x − μ)/√(σ² + ε) + β. */
    static ChannelLines normalising(
        double[] mean, double[] variance, double epsilon, double[] gain, double[] shift) {
      double[] scale = new double[mean.length];
      double[] offset = new double[mean.length];
      for (int channel = 0; channel < mean.length; channel++) {
        scale[channel] = gain[channel] / Math.sqrt(variance[channel] + epsilon);
        offset[channel] = shift[channel] - mean[channel] * scale[channel];
      }
      return new ChannelLines(scale, offset);
    }

    /**
     * Writes y, in C order, for x of [minibatch, …] in single precision and the shape of one
     * sample.
     */
    void write(INDArray x, FeatureShape shape, INDArray y) {
      int perSample = shape.neurons();
      int positions = shape.positions();
      FloatBuffer from = HostArrays.buffer(x);
      HostArrays.fill(
          y,
          to ->
              ParallelSamples.run(
                  Math.toIntExact(x.length() / perSample),
                  () -> {
                    float[] values = new float[perSample];
                    return sample -> {
                      from.get(sample * perSample, values, 0, perSample);
                      for (int channel = 0; channel < scale.length; channel++) {
                        float a = (float) scale[channel];
                        float b = (float) shift[channel];
                        int end = (channel + 1) * positions;
                        for (int i = channel * positions; i < end; i++) {
                          values[i] = a * values[i] + b;
                        }
                      }
                      to.put(sample * perSample, values, 0, perSample);
                    };
                  }));
      Reference.reachabilityFence(x);
    }
  }
}
