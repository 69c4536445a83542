/**
 * The code that the guide shows: parts between {@code // begin NAME} and {@code // end NAME} stand
 * in the documents word for word, which a test checks.
 */
package org.dl4jsnn.examples.guide;
