package org.dl4jsnn.conf;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.InputTypeUtil;

/**
 * Finds out who asks for input types. Deeplearning4j builds a configuration layer by layer and
 * hands each layer the type of its input, but neither the configuration nor the next layer. Both
 * appear only in the call stack; no other class looks there.
 */
final class ConfigurationCall {

  /** The method by which all layers with a time axis find their preprocessor. */
  private static final String OF_TIME = "getPreprocessorForInputTypeRnnLayers";

  private final List<StackWalker.StackFrame> frames;

  private ConfigurationCall(List<StackWalker.StackFrame> frames) {
    this.frames = frames;
  }

  /** The current call. */
  static ConfigurationCall current() {
    return new ConfigurationCall(StackWalker.getInstance().walk(Stream::toList));
  }

  /** Whether a MultiLayerConfiguration is being built or inspected. */
  boolean isMultiLayer() {
    return isIn(MultiLayerConfiguration.class);
  }

  /** Whether a layer is asked outside any network, as in tests. */
  boolean isOutsideOfNetworks() {
    return !isMultiLayer() && !isIn(ComputationGraphConfiguration.class);
  }

  /** Includes nested builders. */
  private boolean isIn(Class<?> type) {
    return frames.stream()
        .map(StackWalker.StackFrame::getClassName)
        .anyMatch(name -> name.equals(type.getName()) || name.startsWith(type.getName() + "$"));
  }

  /** The class of the stock layer that asks for a time axis, if any. */
  Optional<String> readerOfTime() {
    for (int i = 0; i + 1 < frames.size(); i++) {
      StackWalker.StackFrame frame = frames.get(i);
      if (frame.getMethodName().equals(OF_TIME)
          && frame.getClassName().equals(InputTypeUtil.class.getName())) {
        return Optional.of(simpleName(frames.get(i + 1)));
      }
      // Only of vectors, which it treats as a series; it does not ask images for a format.
      if (frame.getMethodName().equals("getPreProcessorForInputType")
          && frame.getClassName().equals(GlobalPoolingLayer.class.getName())) {
        return Optional.of(simpleName(frame));
      }
    }
    return Optional.empty();
  }

  private static String simpleName(StackWalker.StackFrame frame) {
    String name = frame.getClassName();
    return name.equals(BaseRecurrentLayer.class.getName())
        ? "LSTM, SimpleRnn or another recurrent layer"
        : name.substring(name.lastIndexOf('.') + 1);
  }
}
