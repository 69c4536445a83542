/**
 * Deeplearning4j's pages in the browser, and the file that keeps what they show (the command {@code
 * ui}).
 */
package org.dl4jsnn.examples.ui;
