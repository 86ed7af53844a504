/* A few gray frames through x264 in memory: what a decoder of the coded video shows of the last one.
 *
 * The encoder's own reconstruction is what any decoder shows, so nothing is decoded and no program is started. Built on first use by
 * x264_sheet.py: cc -O2 -shared -fPIC x264_sheet.c -lx264 (package libx264-dev).
 */
#include <stdint.h>
#include <string.h>

#include <x264.h>

/* frames: n frames of w x h gray bytes, one behind another; out: w x h. Returns 0, or -1 where the encoder refused or failed. */
int x264_sheet(const uint8_t *frames, int n, int w, int h, float crf, uint8_t *out) {
  x264_param_t p;
  if (x264_param_default_preset(&p, "veryfast", NULL) < 0) return -1;
  p.i_csp = X264_CSP_I420;
  p.i_width = w, p.i_height = h;
  p.i_fps_num = 25, p.i_fps_den = 1;
  p.i_threads = 1;
  p.i_log_level = X264_LOG_NONE;
  p.b_full_recon = 1;
  p.rc.i_rc_method = X264_RC_CRF;
  p.rc.f_rf_constant = crf;
  x264_t *enc = x264_encoder_open(&p);
  if (!enc) return -1;
  x264_picture_t in, got;
  if (x264_picture_alloc(&in, X264_CSP_I420, w, h) < 0) {
    x264_encoder_close(enc);
    return -1;
  }
  memset(in.img.plane[1], 128, (size_t)in.img.i_stride[1] * (h / 2));
  memset(in.img.plane[2], 128, (size_t)in.img.i_stride[2] * (h / 2));
  int found = -1, bytes = 0, count = 0;
  x264_nal_t *nal;
  for (int k = 0; k < n || x264_encoder_delayed_frames(enc) > 0; k++) {
    x264_picture_t *source = NULL;
    if (k < n) {
      for (int y = 0; y < h; y++) memcpy(in.img.plane[0] + (size_t)y * in.img.i_stride[0], frames + ((size_t)k * h + y) * w, w);
      in.i_pts = k;
      source = &in;
    }
    bytes = x264_encoder_encode(enc, &nal, &count, source, &got);
    if (bytes < 0) break;
    if (bytes > 0 && got.i_pts == n - 1) {
      for (int y = 0; y < h; y++) memcpy(out + (size_t)y * w, got.img.plane[0] + (size_t)y * got.img.i_stride[0], w);
      found = 0;
    }
  }
  x264_picture_clean(&in);
  x264_encoder_close(enc);
  return found;
}
