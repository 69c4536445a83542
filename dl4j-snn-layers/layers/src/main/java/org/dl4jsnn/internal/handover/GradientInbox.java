package org.dl4jsnn.internal.handover;

import java.util.Optional;

/**
 * Where the layers that read a spike train leave its time-resolved gradient for the layer that made
 * it, in addition to the gradient of rates that Deeplearning4j hands down. Gradients of several
 * readers are added. Closed if that layer does not need the gradient, so that none is computed.
 * Thread-safe.
 */
public final class GradientInbox {

  /**
   * How the layer learns that made a train.
   *
   * @param name the kind of rule; empty for a layer that does not learn
   * @param isDefault whether the rule is the default because none was set
   */
  public record Learning(String name, boolean isDefault) {

    /** For an encoding or a frozen layer. */
    public static final Learning NONE = new Learning("", false);

    /** For an encoding whose rates say nothing of the features, only the times of its spikes. */
    public static final Learning TIME_CODE = new Learning("", true);

    /** Whether a layer learns there. */
    public boolean isOfLayer() {
      return !name.isEmpty();
    }
  }

  private final boolean open;
  private final boolean read;
  private final Learning learning;
  private final GradientMemory memory;
  private SpikeGradient gradient;

  private GradientInbox(boolean open, boolean read, Learning learning, GradientMemory memory) {
    this.open = open;
    this.read = read;
    this.learning = learning;
    this.memory = memory;
  }

  /** An inbox of a layer that does not learn; open if it wants the gradient in time. */
  public static GradientInbox of(boolean open, GradientMemory memory) {
    return of(open, Learning.NONE, memory);
  }

  /** An inbox; open if the layer that made the train learns from its gradient in time. */
  public static GradientInbox of(boolean open, Learning learning, GradientMemory memory) {
    return new GradientInbox(open, true, learning, memory);
  }

  /** An inbox of an encoding that needs no gradient at all, not even that of rates. */
  public static GradientInbox unread(Learning learning, GradientMemory memory) {
    return new GradientInbox(false, false, learning, memory);
  }

  /** An inbox of a layer without parameters: it needs what the layer below needs. */
  public static GradientInbox like(GradientInbox below) {
    return new GradientInbox(below.open, below.read, below.learning, below.memory);
  }

  /** An inbox of a layer without parameters that needs the gradient of rates alone. */
  public static GradientInbox ofRatesLike(GradientInbox below) {
    return new GradientInbox(false, below.read, below.learning, below.memory);
  }

  /** An inbox of a layer that needs the gradient in time whatever the layer below needs. */
  public static GradientInbox openLike(GradientInbox below) {
    return new GradientInbox(true, true, below.learning, below.memory);
  }

  /** The memory of gradients left here, which the encoding of a network begins. */
  public GradientMemory memory() {
    return memory;
  }

  /** How the layer that made the train learns. */
  public Learning learning() {
    return learning;
  }

  /**
   * Whether the layer that made the train reads the gradient of rates; otherwise any array of the
   * right shape will do.
   */
  public boolean isRead() {
    return read;
  }

  /** Whether gradients are wanted here. */
  public boolean isOpen() {
    return open;
  }

  /** Leaves a gradient, which the inbox owns from now on; closed at once if the inbox is closed. */
  public synchronized void add(SpikeGradient part) {
    if (!open) {
      part.close();
    } else if (gradient == null) {
      gradient = part;
    } else {
      gradient.addAndClose(part);
    }
  }

  /** Takes the sum of the gradients left here, if any. */
  public synchronized Optional<SpikeGradient> take() {
    Optional<SpikeGradient> taken = Optional.ofNullable(gradient);
    gradient = null;
    return taken;
  }
}
