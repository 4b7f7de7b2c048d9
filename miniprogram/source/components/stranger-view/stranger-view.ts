/** What a person without a role sees: how to be let in, and the OPENID to send to an owner. Triggers `retry`. */
Component({
  properties: { openid: String, t: Object },
  methods: {
    copyId() {
      void wx.setClipboardData({ data: this.data.openid })
    },
    tryAgain() {
      this.triggerEvent('retry')
    },
  },
})
