package org.dl4jsnn.internal.handover;

import java.util.Optional;

/**
 * Where the layers that read a spike train leave its time-resolved gradient for the layer that made
 * it, beside the gradient of rates that Deeplearning4j hands down. Several readers add up. Closed
 * where nobody asks for it, so that nobody needs to make it. Safe for threads.
 */
public final class GradientInbox {

  /**
   * How the layer learns that made a train.
   *
   * @param name the kind of rule; empty for a layer that does not learn
   * @param isDefault whether it is the default because nobody chose one
   */
  public record Learning(String name, boolean isDefault) {

    /** An encoding, or a frozen layer. */
    public static final Learning NONE = new Learning("", false);
  }

  private final boolean open;
  private final boolean read;
  private final Learning learning;
  private SpikeGradient gradient;

  private GradientInbox(boolean open, boolean read, Learning learning) {
    this.open = open;
    this.read = read;
    this.learning = learning;
  }

  /**
   * An inbox of a layer that does not learn.
   *
   * @param open whether whoever made the train wants its gradient in time
   * @return the inbox
   */
  public static GradientInbox of(boolean open) {
    return of(open, Learning.NONE);
  }

  /**
   * An inbox.
   *
   * @param open whether the layer that made the train learns from its gradient in time
   * @param learning how it learns
   * @return the inbox
   */
  public static GradientInbox of(boolean open, Learning learning) {
    return new GradientInbox(open, true, learning);
  }

  /**
   * An inbox of a layer that asks for no gradient at all, not even that of rates.
   *
   * @return the inbox
   */
  public static GradientInbox unread() {
    return new GradientInbox(false, false, Learning.NONE);
  }

  /**
   * An inbox of a layer without parameters: it asks for what the layer below asks for.
   *
   * @param below the inbox of the layer below
   * @return the inbox
   */
  public static GradientInbox like(GradientInbox below) {
    return new GradientInbox(below.open, below.read, below.learning);
  }

  /**
   * How the layer learns that made the train.
   *
   * @return its kind of rule
   */
  public Learning learning() {
    return learning;
  }

  /**
   * Whether the gradient of rates is read by whoever made the train.
   *
   * @return false if any array of the right shape does
   */
  public boolean isRead() {
    return read;
  }

  /**
   * Whether gradients are wanted here.
   *
   * @return false if they would not be read
   */
  public boolean isOpen() {
    return open;
  }

  /**
   * Leaves a gradient.
   *
   * @param part taken over; closed at once where the inbox is
   */
  public synchronized void add(SpikeGradient part) {
    if (!open) {
      part.close();
    } else if (gradient == null) {
      gradient = part;
    } else {
      gradient.addAndClose(part);
    }
  }

  /**
   * Takes what was left here.
   *
   * @return the sum of all gradients, or empty if there was none
   */
  public synchronized Optional<SpikeGradient> take() {
    Optional<SpikeGradient> taken = Optional.ofNullable(gradient);
    gradient = null;
    return taken;
  }
}
