package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.ArrayRuns;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.DelayLine;
import org.dl4jsnn.internal.host.InterpolatedDelays;
import org.dl4jsnn.internal.host.SpikeDelays;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Passes spikes on after delays that are learned (equation 90 of docs/mathematics.md): between
 * whole steps in training, rounded otherwise.
 */
public final class LearnedDelayLayer extends SpikingDelayLayer {

  /** The name of the parameter. */
  public static final String DELAY = "delay";

  private static final long serialVersionUID = 1L;

  private final transient int longest;
  private final transient ISchedule width;
  private transient INDArray parameters;
  private transient INDArray gradients;

  /** Of the last training pass. */
  private transient InterpolatedDelays interpolated;

  private transient DelayLine before;
  private transient SpikeTrain arrived;

  /** Creates a layer; its parameters are set later. */
  public LearnedDelayLayer(
      NeuralNetConfiguration conf,
      DataType dataType,
      Supplier<String> name,
      int longest,
      ISchedule width,
      boolean onlyConsumer) {
    super(conf, dataType, name, longest, null, onlyConsumer);
    this.longest = longest;
    this.width = width;
  }

  /** Rounded to whole steps. */
  @Override
  SpikeDelays delays(FeatureShape shape) {
    return SpikeDelays.of(rounded(), longest, shape);
  }

  /** The delay of every channel, in whole time steps. */
  public int[] rounded() {
    return Arrays.stream(delays()).mapToInt(delay -> (int) Math.rint(delay)).toArray();
  }

  /** In time steps. */
  private double[] delays() {
    double[] delays = parameters.toDoubleVector();
    for (int k = 0; k < delays.length; k++) {
      Require.finite("learned delay", delays[k]);
      delays[k] = longest * Math.max(0, Math.min(1, delays[k]));
    }
    return delays;
  }

  @Override
  SpikeTrain delayed(boolean training, DelayLine start, SpikeTrain train) {
    interpolated = null;
    if (!training) {
      return super.delayed(false, start, train);
    }
    double now = width.valueAt(getIterationCount(), getEpochCount());
    interpolated = new InterpolatedDelays(train.shape(), delays(), longest, now);
    before = start;
    arrived = train;
    return interpolated.delayed(start, train);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    if (gradients == null) {
      return super.backpropGradient(epsilon, workspaces); // frozen
    }
    gradients.assign(0);
    INDArray gradient = super.backpropGradient(epsilon, workspaces).getSecond();
    Gradient all = new DefaultGradient(gradients);
    all.setGradientFor(DELAY, gradients);
    return new Pair<>(all, gradient);
  }

  @Override
  GradientInbox inbox(boolean training, GradientInbox below) {
    return training ? GradientInbox.openLike(below) : super.inbox(false, below);
  }

  @Override
  Optional<SpikeGradient> inTime(GradientInbox inbox) {
    Optional<SpikeGradient> known = inbox.take();
    if (known.isEmpty() && interpolated != null) {
      throw new DL4JInvalidConfigException(
          name.get()
              + ": the layers above must learn by a rule in time, so that they hand down a gradient"
              + " of single spikes, got none. Possible cause: AsfBackprop or RateBackprop. Use"
              + " SpatioTemporalBackprop, or SpikingDelay with given delays");
    }
    return known;
  }

  @Override
  SpikeGradient goBack(SpikeGradient inTime) {
    if (interpolated == null) {
      return super.goBack(inTime);
    }
    int neurons = interpolated.shape().neurons();
    SpikeGradient below = SpikeGradient.like(inTime, interpolated.shape());
    double[][] ofDelays = new double[inTime.minibatch()][(int) parameters.length()];
    ParallelSamples.run(
        inTime.minibatch(),
        () -> {
          double[][] left = new double[inTime.steps()][neurons];
          double[][] arrivedGradient = new double[inTime.steps()][neurons];
          ArrayRuns from = new ArrayRuns(inTime.values());
          ArrayRuns to = new ArrayRuns(below.values());
          return sample -> {
            for (int step = 0; step < left.length; step++) {
              from.read(inTime.row(sample, step) * neurons, left[step]);
            }
            interpolated.backprop(before, arrived, sample, left, arrivedGradient, ofDelays[sample]);
            for (int step = 0; step < left.length; step++) {
              to.write(below.row(sample, step) * neurons, arrivedGradient[step]);
            }
          };
        });
    HostArrays.written(below.values());
    for (int k = 0; gradients != null && k < parameters.length(); k++) {
      double sum = 0;
      for (double[] ofSample : ofDelays) {
        sum += ofSample[k];
      }
      gradients.putScalar(k, longest * sum);
    }
    return below;
  }

  /** Keeps the delays between 0 and the longest. */
  @Override
  public void applyConstraints(int iteration, int epoch) {
    for (int k = 0; k < parameters.length(); k++) {
      parameters.putScalar(k, Math.max(0, Math.min(1, parameters.getDouble(k))));
    }
  }

  @Override
  public TrainingConfig getConfig() {
    return conf.getLayer();
  }

  @Override
  public INDArray params() {
    return parameters;
  }

  @Override
  public long numParams() {
    return parameters == null ? 0 : parameters.length();
  }

  @Override
  public void setParams(INDArray params) {
    parameters.assign(params.reshape(parameters.shape()));
  }

  @Override
  public void setParamsViewArray(INDArray view) {
    parameters = view == null ? null : view.reshape(view.length());
  }

  @Override
  public INDArray getGradientsViewArray() {
    return gradients;
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray view) {
    gradients = view == null ? null : view.reshape(view.length());
  }

  @Override
  public INDArray getParam(String param) {
    return DELAY.equals(param) ? parameters : null;
  }

  @Override
  public void setParam(String key, INDArray val) {
    setParams(val);
  }

  @Override
  public Map<String, INDArray> paramTable() {
    return Map.of(DELAY, parameters);
  }

  @Override
  public Map<String, INDArray> paramTable(boolean backpropOnly) {
    return paramTable();
  }

  @Override
  public void setParamTable(Map<String, INDArray> table) {
    setParams(table.get(DELAY));
  }

  @Override
  void forgetPass() {
    super.forgetPass();
    interpolated = null;
    before = null;
    arrived = null;
  }
}
